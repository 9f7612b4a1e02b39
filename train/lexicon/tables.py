"""The tables that `phrases` puts phrases together from: French TAB English, an entry a line."""

from seq_models.repair import unaccented
from train.pairs.frames import rows

BEFORE_NOUN = dict(
    rows("""
petit	small
grand	big
joli	pretty
jeune	young
bon	good
mauvais	bad
vieux	old
beau	beautiful
nouveau	new
""")
)
"""Adjectives that stand before their noun."""

ELSEWHERE = {
    "ancien", "autre", "certain", "cher", "cinquième", "dernier", "deuxième", "divers", "dixième",
    "double", "gros", "haut", "huitième", "long", "même", "neuvième", "pauvre", "premier",
    "prochain", "propre", "quatrième", "second", "septième", "seul", "simple", "sixième", "tel",
    "troisième", "vrai",
}  # fmt: skip
"""Adjectives that stand before their noun as well, or mean something else there."""

BEHIND_A_VERB = {
    "able", "afraid", "alike", "alive", "alone", "asleep", "ashamed", "awake", "aware", "ill",
    "ready", "sorry", "unable", "worth",
}  # fmt: skip
"""English adjectives that do not stand before their noun, or mean something else there."""

SOFT = {"vieux": "vieil", "beau": "bel", "nouveau": "nouvel"}  # of one masculine, before a vowel
ONE = rows("""
le	la	the
le	la	the
un	une	a
un	une	a
ce	cette	this
mon	ma	my
ton	ta	your
notre	notre	our
votre	votre	your
leur	leur	their
chaque	chaque	every
""")
"""What stands before one thing, masculine, feminine, English."""

SEVERAL = rows("""
les	les	the
les	les	the
ces	ces	these
mes	mes	my
tes	tes	your
nos	nos	our
vos	vos	your
leurs	leurs	their
deux	deux	two
trois	trois	three
quatre	quatre	four
cinq	cinq	five
six	six	six
huit	huit	eight
dix	dix	ten
vingt	vingt	twenty
plusieurs	plusieurs	several
quelques	quelques	some
tous les	toutes les	all the
tous nos	toutes nos	all our
beaucoup de	beaucoup de	a lot of
peu de	peu de	few
trop de	trop de	too many
""")
"""What stands before several, masculine, feminine, English; "des" is a matter of its own."""

WHERE = rows("""
dans	in
sur	on
sous	under
derrière	behind
devant	in front of
près de	near
à côté de	next to
loin de	far from
autour de	around
au-dessus de	above
au milieu de	in the middle of
avec	with
sans	without
contre	against
pour	for
à cause de	because of
""")
"""Prepositions: French, English."""

PEOPLE = rows("""
mon frère	my brother
ma sœur	my sister
ton père	your father
ta mère	your mother
notre oncle	our uncle
ma tante	my aunt
ma grand-mère	my grandmother
mon grand-père	my grandfather
mes parents	my parents
le voisin	the neighbor
la voisine	the neighbor
mon ami	my friend
mon amie	my friend
tes amis	your friends
le professeur	the teacher
mon professeur	my teacher
la directrice	the principal
le médecin	the doctor
les enfants	the children
le boulanger	the baker
ma cousine	my cousin
leur fils	their son
leur fille	their daughter
""")
"""Whose something is."""

SENTENCES = rows("""
Regarde {phrase} !	Look at {phrase}!
J'ai oublié {phrase}.	I forgot {phrase}.
J'ai dessiné {phrase}.	I drew {phrase}.
Je cherche {phrase}.	I'm looking for {phrase}.
Elle a trouvé {phrase}.	She found {phrase}.
Il veut {phrase}.	He wants {phrase}.
Tu vois {phrase} ?	Do you see {phrase}?
Nous avons {phrase}.	We have {phrase}.
""")
"""Sentences that any thing may stand in."""


NUMBERS = {
    "six", "sept", "huit", "neuf", "onze", "douze", "treize", "quatorze", "quinze", "seize",
    "trente", "quarante", "cinquante", "soixante", "cent", "mille",
}  # fmt: skip
"""Those among amounts and times that are not in `SEVERAL`."""

BEFORE_PHRASES = {
    "aux", "ces", "cet", "cette", "chaque", "des", "du", "ma", "mes", "mon", "nos", "notre", "pour",
    "sa", "sans", "ses", "son", "ta", "tes", "ton", "un", "une", "vos", "votre",
}  # fmt: skip
"""Words before a noun or an infinitive that are no pronouns, as "la" and "leur" may be."""

ASKING = {"combien", "quand", "quel", "quelle", "quelles", "quels", "qui", "quoi"}
"""What a question may be about, behind a preposition."""


def opening_words() -> set[str]:
    """The words that a phrase begins with, but for "à" and "au": "à demain" is a sentence."""
    texts = [text for entry in ONE + SEVERAL for text in entry[:2]] + [entry[0] for entry in WHERE]
    first = {text.split()[0] for text in texts} | {"l", "cet", "des", "son", "sa", "ses"} | NUMBERS
    return {word for word in first if not word.startswith(("à", "au-"))} - {"au"}


def asking_words() -> set[str]:
    """The first two words of questions such as "avec qui", without accents and in small letters."""
    prepositions = {entry[0] for entry in WHERE if " " not in entry[0]}
    return {f"{unaccented(before)} {word}" for before in prepositions for word in ASKING}
