"""Reading: one file at a time, plain ones here, others in a child process with limits."""
