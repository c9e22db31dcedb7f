"""The demo's pictures, drawn by code: three printing plates (colour, shade, line), then printed on one sheet.

`paths` and `palette` are the tools, `canvas` collects the plates, `printing` prints them, `grounds` lays the sheet,
`subjects` holds one drawing for every good, `faces` and `portraits` the makers, `scenes` the wider pictures, `book` the list
of all pictures, `studio` draws them in parallel and keeps them by content hash.
"""
