// Figures → pictures that open as large as the window, by mouse or keyboard.

/** Let every picture be opened. */
export function start(pictures: readonly HTMLElement[]): void {
  for (const picture of pictures) {
    if (!(picture instanceof HTMLImageElement) || picture.closest("a, button")) continue;
    const opener = document.createElement("button");
    opener.type = "button";
    opener.className = "pn-figure__open";
    opener.setAttribute("aria-haspopup", "dialog");
    picture.replaceWith(opener);
    opener.append(picture);
    opener.addEventListener("click", () => {
      open(picture);
    });
  }
}

function open(picture: HTMLImageElement): void {
  const box = document.createElement("dialog");
  box.className = "pn-lightbox";
  box.setAttribute("aria-label", picture.alt);
  const close = document.createElement("button");
  close.type = "button";
  close.className = "pn-lightbox__close";
  close.textContent = "×";
  close.setAttribute("aria-label", document.documentElement.lang.startsWith("zh") ? "关闭" : "Close");
  const large = picture.cloneNode() as HTMLImageElement;
  large.removeAttribute("loading");
  large.removeAttribute("id");
  box.append(large, close);
  const caption = picture.closest("figure")?.querySelector("figcaption");
  if (caption) {
    const below = document.createElement("p");
    below.append(...[...caption.childNodes].map((node) => node.cloneNode(true)));
    box.append(below);
  }
  box.addEventListener("click", () => {
    box.close();
  });
  box.addEventListener("close", () => {
    box.remove();
  });
  document.body.append(box);
  box.showModal();
}
