"""Lists as files: the rows, columns, order and filters of the page's address, written as they stream by."""
