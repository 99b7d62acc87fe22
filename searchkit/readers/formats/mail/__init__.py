"""Mail: single messages and mailboxes, with the text of their attachments."""
