"""The readers turn files of many formats into documents."""
