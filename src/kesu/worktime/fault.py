"""A value of working time that cannot be: what is wrong with it, and what to do."""

from kesu.reading.text import Lang, Text


class Fault(ValueError):
    """What cannot be: what is wrong and why (`problem`), and what to do (`remedy`)."""

    def __init__(self, problem: Text, remedy: Text) -> None:
        self.problem, self.remedy = problem, remedy
        super().__init__(self.in_("en"))

    def in_(self, lang: Lang) -> str:
        """The message in one language."""
        between = "；" if lang == "zh" else "; "
        return f"{self.problem.in_(lang)}{between}{self.remedy.in_(lang)}"
