"""Frames that mean something with any word in them: French TAB English, a frame a line.

What stands between braces is put there by `shown`. Without a mark at its end it is no sentence.
"""

from train.pairs.frames import rows

THING = rows("""
{bare}	{e}
{Bare}	{E}
{le}	the {e}
{un}	{an_e}
{ce}	this {e}
avec {le}	with the {e}
sans {un}	without {an_e}
C'est {un}.	It's {an_e}.
Ce n'est pas {un}.	It's not {an_e}.
C'est {mon}.	It's my {e}.
Où est {le} ?	Where is the {e}?
{Le} est là.	The {e} is there.
{Mon} est ici.	My {e} is here.
{Ce} est à nous.	This {e} is ours.
J'ai vu {un}.	I saw {an_e}.
Il a trouvé {un}.	He found {an_e}.
Je n'ai pas {de}.	I don't have {an_e}.
Elle parle {du}.	She is talking about the {e}.
Nous cherchons {le}.	We are looking for the {e}.
Tu vois {le} ?	Do you see the {e}?
Il y a {un} ici.	There is {an_e} here.
Regarde {le} !	Look at the {e}!
J'aime {ce}.	I like this {e}.
""")
THINGS = rows("""
les {s}	the {es}
des {s}	{es}
deux {s}	two {es}
Les {s} sont là.	The {es} are there.
Où sont mes {s} ?	Where are my {es}?
Ces {s} sont à moi.	These {es} are mine.
Il y a des {s}.	There are {es}.
Ce sont des {s}.	They are {es}.
J'aime les {s}.	I like {es}.
J'ai vu trois {s}.	I saw three {es}.
Il a beaucoup {de_s}.	He has a lot of {es}.
""")
QUALITY = (
    rows("""
{x}	{e}
{X}	{E}
Il est {x}.	He is {e}.
C'est {x}.	It's {e}.
Ce n'est pas {x}.	It's not {e}.
Je suis {x}.	I'm {e}.
C'est très {x} !	It's very {e}!
un homme {x}	{an_e} man
un endroit {x}	{an_e} place
"""),
    rows("""
Ils sont {x}.	They are {e}.
Nous sommes {x}.	We are {e}.
des gens {x}	{e} people
des livres {x}	{e} books
"""),
    rows("""
Elle est {x}.	She is {e}.
La vie est {x}.	Life is {e}.
une chose {x}	{an_e} thing
une histoire {x}	{an_e} story
"""),
    rows("""
Elles sont {x}.	They are {e}.
Les questions sont {x}.	The questions are {e}.
des choses {x}	{e} things
"""),
)
"""Of an adjective in the masculine, its plural, the feminine, its plural."""

MANNER = rows("""
{x}	{e}
Il l'a fait {x}.	He did it {e}.
Elle parle {x}.	She speaks {e}.
Ils travaillent {x}.	They work {e}.
""")
PERSONS = {
    "present": rows("""
{yes}.	{i} {does}.
{yes} souvent.	{i} often {does}.
{no}.	{i} {do}n't {e}.
"""),
    "imperfect": rows("""
{yes}.	{i} {was} {ing}.
{yes} souvent.	{i} often {did}.
"""),
    "future": rows("""
{yes}.	{i} will {e}.
{yes} demain.	{i} will {e} tomorrow.
"""),
    "conditional": rows("{yes}.\t{i} would {e}."),
    "historic": rows("{yes}.\t{i} {did}."),
}
PERFECT = rows("""
{yes}.	{i} {did}.
{no}.	{i} didn't {e}.
""")
PASSIVE = rows("{yes}.\t{i} {was} {done}.")
INFINITIVE = rows("""
{x}	to {e}
{X}	To {e}
pour {x}	to {e}
Il va {x}.	He is going to {e}.
Elle ne peut pas {x}.	She can't {e}.
Il faut {x}.	You have to {e}.
Elle commence à {x}.	She is starting to {e}.
""")
TOLD = ["{e}!", "let's {e}!", "{e}!"]  # to do it: a friend, all of us, a stranger or several
