// What the address points to inside a closed part → that part open, in browsers that do not do so themselves.

let listening = false;

export function start(): void {
  reveal();
  if (listening) return;
  listening = true;
  addEventListener("hashchange", reveal);
}

function reveal(): void {
  const target = document.querySelector(":target");
  const closed = target?.closest<HTMLDetailsElement>("details:not([open])");
  if (!target || !closed) return;
  closed.open = true;
  target.scrollIntoView();
}
