"""Shanhai 山海: the platform of two governments' East–West cooperation (东西部协作)."""

__version__ = "0.1.0"
