"""Reads a model and applies it; needs numpy only."""
