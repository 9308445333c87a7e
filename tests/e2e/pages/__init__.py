"""The pages of the journeys: what a person does on each, in the person's words."""
