"""What was measured, next to what it is compared with, and the verdict."""

from __future__ import annotations

import dataclasses
import json
import pathlib

THRESHOLDS = pathlib.Path(__file__).resolve().parents[1] / "thresholds.json"


@dataclasses.dataclass
class Measure:
    """One line of the table. `ratio` names the committed threshold that it is held against."""

    name: str
    value: str
    compared: str = ""
    ratio: float | None = None
    threshold: str | None = None


class Results:
    def __init__(self) -> None:
        self._rules = json.loads(THRESHOLDS.read_text())
        self._measures: list[Measure] = []

    def add(self, name: str, value: str, compared: str = "", ratio: float | None = None, threshold: str | None = None) -> None:
        measure = Measure(name, value, compared, ratio, threshold)
        self._measures.append(measure)
        print("    " + "  ".join(part for part in self._cells(measure) if part), flush=True)

    def broken(self) -> list[str]:
        return [measure.name for measure in self._measures if self._verdict(measure) == "BROKEN"]

    def table(self) -> str:
        rows = [("measure", "value", "compared with", "ratio", "aim", "verdict")] + [self._cells(each) for each in self._measures]
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |" for row in rows]
        lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
        return "\n".join(lines)

    def _cells(self, measure: Measure) -> tuple[str, ...]:
        ratio = "" if measure.ratio is None else f"{measure.ratio:.2f}"
        rule = self._rules.get(measure.threshold or "")
        aim = "" if rule is None else (f"≥ {rule['aim']}" if rule["better"] == "higher" else f"≤ {rule['aim']}")
        return measure.name, measure.value, measure.compared, ratio, aim, self._verdict(measure)

    def _verdict(self, measure: Measure) -> str:
        """The aim is what we want; the limit, far beyond it, is what fails the run, because machines differ from hour to hour."""
        rule = self._rules.get(measure.threshold or "")
        if rule is None or measure.ratio is None:
            return ""
        sign = 1 if rule["better"] == "higher" else -1
        if sign * measure.ratio >= sign * rule["aim"]:
            return "reached"
        return "missed" if sign * measure.ratio >= sign * rule["limit"] else "BROKEN"


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"
