"""**What it finds.** A topic in `topics` that has no file in `notes/topics/`.

**Why it matters.** The note is missing on the page of the topic that was meant.

**Example.**

```yaml
topics: [architecture]
```

**Use instead.**

```yaml
topics: [architectures]
```

**Fix.** Correct the name (`papernotes check --fix --unsafe-fixes` does where only one can be meant), or write
`notes/topics/<topic>.md`: a note of kind `topic` whose text introduces the topic.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity, replace_within
from papernotes.inspection import Inspection, did_you_mean

RULE = Rule("PN401", "unknown-topic", Severity.ERROR, __doc__, Reach.TIES)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    topics = vault.library.topic_by_slug
    for note in vault.originals:
        for number, topic in enumerate(note.meta.topics):
            if topic not in topics:
                place = note.field("topics", number)
                yield RULE.at(
                    place,
                    f"there is no topic {topic!r}",
                    help=did_you_mean(
                        vault.near_slug(topic, topic=True), f"correct it, or write notes/topics/{topic}.md"
                    ),
                    fix=replace_within(place, topic, vault.meant_slug(topic, topic=True)),
                )
