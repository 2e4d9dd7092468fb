"""Reads results and writes them down; computes nothing."""
