"""Lists as files: to Excel or CSV, in the own chat, by a link, or on the command line."""

from __future__ import annotations

from collections.abc import Iterable

from dialogs.cards.buttons import Export
from dialogs.exports.buttons import LeaveFile, TakeFile
from dialogs.exports.files import Exporter
from dialogs.exports.handlers import Exports
from dialogs.feature import Feature
from dialogs.turn.orders import ExportList


def exporter_of(features: Iterable[Feature]) -> Exporter:
    """Return the maker of files for the answers of these features."""
    features = tuple(features)
    return Exporter(
        {target: answer for feature in features for target, answer in feature.answers.items()},
        {target: table for feature in features for target, table in feature.tables.items()},
    )


def exports_of(exporter: Exporter) -> Feature:
    exports = Exports(exporter)
    return Feature(
        name="exports",
        orders={ExportList: exports.export},
        shows={ExportList: exports.show},
        presses={Export: exports.pressed, TakeFile: exports.take, LeaveFile: exports.leave},
    )
