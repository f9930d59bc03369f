"""Learns a model from labelled documents; the only place that imports scikit-learn."""
