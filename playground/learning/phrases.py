"""Short French phrases and their English: 600 pairs made from a small table, a token a word.

"je n'ai pas faim" is "I am not hungry": word by word it would be wrong. An eighth is never trained
on, the examples among them: a model that answers those has found the rules, not learnt the phrases
by heart.
"""

from playground.learning.task import Pair, Task, from_list

SUBJECTS = ["je", "tu", "il", "elle", "nous", "vous", "ils", "elles"]
ENGLISH = ["I", "you", "he", "she", "we", "you", "they", "they"]
BE = ["am", "are", "is", "is", "are", "are", "are", "are"]
ETRE = ["suis", "es", "est", "est", "sommes", "êtes", "sont", "sont"]
AVOIR = ["ai", "as", "a", "a", "avons", "avez", "ont", "ont"]
ALLER = ["vais", "vas", "va", "va", "allons", "allez", "vont", "vont"]
ENDINGS = ["e", "es", "e", "e", "ons", "ez", "ent", "ent"]  # of verbs like parler
FORMS = (0, 0, 0, 1, 2, 2, 2, 3)  # of an adjective, for each subject
ADJECTIVES = {
    "tired": "fatigué fatiguée fatigués fatiguées",
    "happy": "content contente contents contentes",
    "sad": "triste triste tristes tristes",
    "ill": "malade malade malades malades",
    "tall": "grand grande grands grandes",
    "ready": "prêt prête prêts prêtes",
    "alone": "seul seule seuls seules",
    "young": "jeune jeune jeunes jeunes",
    "lost": "perdu perdue perdus perdues",
    "free": "libre libre libres libres",
    "strong": "fort forte forts fortes",
    "polite": "poli polie polis polies",
}  # in the masculine, the feminine, and both plurals
FEELINGS = {
    "hungry": "faim", "thirsty": "soif", "cold": "froid", "hot": "chaud",
    "afraid": "peur", "sleepy": "sommeil", "right": "raison", "wrong": "tort",
}  # fmt: skip
VERBS = {
    "parl": ("speak French", "speaks French", "français"),
    "cherch": ("look for the station", "looks for the station", "la gare"),
    "travaill": ("work here", "works here", "ici"),
    "chant": ("sing well", "sings well", "bien"),
    "regard": ("watch the sea", "watches the sea", "la mer"),
    "dans": ("dance tonight", "dances tonight", "ce soir"),
    "ferm": ("close the door", "closes the door", "la porte"),
    "port": ("carry the bag", "carries the bag", "le sac"),
    "trouv": ("find the key", "finds the key", "la clé"),
}


def phrases(person: int) -> list[Pair]:
    """Every phrase of one of the subjects, each also denied."""
    found: list[Pair] = []
    subject, other, be = SUBJECTS[person], ENGLISH[person], BE[person]
    for english, forms in ADJECTIVES.items():
        word = forms.split()[FORMS[person]]
        found += both(subject, ETRE[person], word, f"{other} {be}", english)
    for english, word in FEELINGS.items():
        found += both(subject, AVOIR[person], word, f"{other} {be}", english)
    third = person in (2, 3)
    for stem, (plain, with_s, rest) in VERBS.items():
        verb = stem + ENDINGS[person]
        denied = f"{other} {'does' if third else 'do'} not {plain}"
        found.append((f"{subject} {verb} {rest}", f"{other} {with_s if third else plain}"))
        found.append((f"{subject} ne {verb} pas {rest}", denied))
        infinitive = f"{stem}er {rest}"
        found += both(subject, ALLER[person], infinitive, f"{other} {be}", f"going to {plain}")
    return found


def both(subject: str, verb: str, rest: str, start: str, end: str) -> list[Pair]:
    """A phrase and its denial: "j'ai faim" and "je n'ai pas faim"."""
    vowel = verb[0] in "aeêio"
    said = f"j'{verb}" if vowel and subject == "je" else f"{subject} {verb}"
    denied = f"{subject} n'{verb}" if vowel else f"{subject} ne {verb}"
    return [(f"{said} {rest}", f"{start} {end}"), (f"{denied} pas {rest}", f"{start} not {end}")]


PAIRS = tuple(pair for person in range(len(SUBJECTS)) for pair in phrases(person))
ANSWERS = dict(PAIRS)


TASK = Task(
    name="phrases",
    question="What is it in English?",
    draw=from_list(PAIRS),
    answer=lambda text: ANSWERS.get(" ".join(text.lower().split()), ""),
    examples=("je n'ai pas soif", "elle est perdue", "vous allez danser ce soir"),
    probes=("elle est faim", "danser je vais", "je suis suis content"),
    letters=False,
    pairs=PAIRS,
)
