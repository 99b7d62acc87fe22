"""Feeds that were saved to disk, and exports of WordPress, which are feeds, too."""
