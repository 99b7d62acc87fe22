"""Python at work: garbage collection and bounded memories."""
