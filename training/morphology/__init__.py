"""What `training.make_morphology` is made of: lexemes, their forms, and how they are ranked."""
