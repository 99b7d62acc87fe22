"""Dumps of whole sites: wikis as XML, pages as a crawler met them."""
