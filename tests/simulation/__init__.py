"""A building in one process: the real code under a virtual clock, network and disk, all from one seed."""
