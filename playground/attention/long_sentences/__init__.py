"""What happens to long sentences?"""

from playground.instrument import Figure, Instrument

LONGER = (
    "Il fait froid ce soir.",
    "Ma voisine a perdu ses clés dans le jardin.",
    "Quand nous sommes arrivés à la gare, le train était déjà parti pour Lyon.",
    "Le médecin lui a dit de se reposer, mais elle est retournée travailler le lendemain matin "
    "comme si de rien n'était.",
    "Mon grand-père, qui avait passé toute sa vie au bord de la mer, disait souvent que le vent "
    "lui manquait plus que tout le reste.",
)

INSTRUMENT = Instrument(
    room=__name__,
    title="Long sentences",
    formerly=("long",),
    figures=(
        Figure(
            name="longer",
            caption="Sentences of growing length: pick one",
            code=("seq_models.translate.translate",),
            pick=lambda key: {"text": LONGER[int(key)]},
        ),
        Figure(
            name="by-length",
            caption="BLEU on test sentences of each length",
            code=(
                "train.measure.by_source_length",
                "playground.reading.measurements.bleu_by_length",
            ),
            limits=(
                "BLEU counts words shared with one translation by a person; scores of different "
                "sentences, so of different lengths, are not strictly comparable "
                "([Papineni et al., 2002](https://doi.org/10.3115/1073083.1073135))."
            ),
        ),
    ),
)
