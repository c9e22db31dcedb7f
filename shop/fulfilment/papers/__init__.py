"""What hubs and groups print: lists, hand-over sheets and labels, in Thai; the templates stand in `typst/`."""
