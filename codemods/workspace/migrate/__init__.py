"""Many repositories: a plan, a child process for each, branches with one commit a rule, and a state file that outlives every crash."""
