"""One package a page of the window. Pages never import each other."""
