"""What the instruments of the Attention tab have in common."""

EXAMPLES = [
    "Elle a acheté une voiture rouge hier.",
    "Où est la gare ?",
    "Il pleut depuis ce matin.",
    "Je n'ai jamais vu un si beau jardin.",
]
LONGER = [
    "Il fait froid ce soir.",
    "Ma voisine a perdu ses clés dans le jardin.",
    "Quand nous sommes arrivés à la gare, le train était déjà parti pour Lyon.",
    "Le médecin lui a dit de se reposer, mais elle est retournée travailler le lendemain matin "
    "comme si de rien n'était.",
    "Mon grand-père, qui avait passé toute sa vie au bord de la mer, disait souvent que le vent "
    "lui manquait plus que tout le reste.",
]
NAMES = {"attention": "Recurrent network", "transformer": "Transformer"}
LIMITS = (
    "Where it looked is not why it chose a word: other weights can give the same answer (Jain and "
    "Wallace, 2019, https://arxiv.org/abs/1902.10186; for the other side, Wiegreffe and Pinter, "
    "2019, https://arxiv.org/abs/1908.04626)."
)
