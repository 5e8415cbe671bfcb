"""From files to a published index: read, extract, write; here, in processes, or by workers on other machines."""
