"""Floor 3. The operations, one family a file. Importing a module binds its operations to `Tensor`."""
