"""Figures with their intervals: those of `quoth eval`, which all benches use."""

from index.evaluation.figures import Figure, Floats, auc, bootstrap, calibration_error, share

__all__ = ["Figure", "Floats", "auc", "bootstrap", "calibration_error", "share"]
