"""Floor 3. Operations, one family a file. Importing a module binds its operations to `Tensor`."""
