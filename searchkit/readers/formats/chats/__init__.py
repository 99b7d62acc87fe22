"""Chats and channels that a messenger exported: an article for each message."""
