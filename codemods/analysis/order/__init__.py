"""What can come after what: the flow of events in evaluation order, and questions about it."""
