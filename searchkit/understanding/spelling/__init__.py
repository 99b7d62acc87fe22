"""Spelling correction: typing errors, wrong keyboard layouts, other alphabets."""
