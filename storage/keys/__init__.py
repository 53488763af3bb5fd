"""Where data keys lie, who was forgotten, and the change of the master key."""
