"""Renaming a variable, function, class or parameter in all files of a project, or one line saying why that is not safe."""
