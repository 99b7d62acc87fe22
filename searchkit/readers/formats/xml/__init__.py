"""XML files are told by their root elements, whatever their names are."""
