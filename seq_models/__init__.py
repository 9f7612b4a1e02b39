"""Sequence models small enough to read in one sitting: the parts of the course, one file each.

Sizes in shapes are single capitals, the same everywhere:

    B batch    S source length    T target length    E embedding    H hidden    V vocabulary

The batch always comes first. *weights* are attention weights (0..1, rows summing to 1);
what training changes are *parameters*. Every layer returns what it computed, `(output, weights)`,
and keeps nothing, so many threads can share one model.
"""

PAD, START, END, UNKNOWN = range(4)
"""The four special tokens; every vocabulary begins with them, in this order."""
