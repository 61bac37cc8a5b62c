"""The commands of `./siliwright`, a module each."""
