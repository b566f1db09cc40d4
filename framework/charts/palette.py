"""The colours of charts on light and on dark paper. None of them is a colour of a standing."""

from dataclasses import dataclass

HEIGHT = 300  # px, axis and all
FONT = "Source Sans, sans-serif"


@dataclass(frozen=True)
class Palette:
    """The colours of a chart on one paper."""

    ink: str
    quiet: str  # words of the second voice
    hairline: str
    paper: str
    line: str  # values
    way: str  # path and targets
    beside: str  # other people's figures, mean and limits
    better: str  # of a point that moved by more than chance; the shape says it too
    worse: str


LIGHT = Palette(
    ink="#1A1A1A",
    quiet="#4E5660",
    hairline="#D9DEE3",
    paper="#FFFFFF",
    line="#12436D",
    way="#801650",
    beside="#767676",
    better="#12436D",
    worse="#F46A25",
)
DARK = Palette(
    ink="#F1F3F5",
    quiet="#B3BCC6",
    hairline="#343C45",
    paper="#14181D",
    line="#6BACE6",
    way="#E58CC0",
    beside="#8C8C8C",
    better="#6BACE6",
    worse="#F79A6B",
)
