"""What does each layer add?"""

from playground.heads.shared import word_picked
from playground.instrument import Figure, Instrument
from playground.settings import Number

WORD = Number(name="word", label="Word", default=1, opening=3, least=1, most=999, hidden=True)

CONTRIBUTIONS = (
    "seq_models.contributions.encoder_contributions",
    "seq_models.contributions.decoder_contributions",
    "seq_models.contributions.causal_contributions",
)

INSTRUMENT = Instrument(
    room=__name__,
    title="Through the layers",
    settings=(WORD,),
    figures=(
        Figure(
            name="layers",
            caption="What would be written, read off an earlier layer",
            code=("seq_models.lens.DecoderLens", "seq_models.lens.logits_by_layer"),
            limits=(
                "Of the translator, its decoder reads an earlier layer of the encoder, though it "
                "was trained on the last alone: what it makes of another is partly its own guess "
                "([Langedijk et al., 2023](https://arxiv.org/abs/2310.03686)). Of the language "
                "model, an earlier layer gives the next word, which is no ⟨mark⟩."
            ),
        ),
        Figure(
            name="layers-expected",
            caption="What each layer expects next, of the word it has in the end: pick a word",
            code=("seq_models.lens.logits_by_layer",),
            limits=(
                "The reading was trained on the last layer alone; an earlier layer may know a word "
                "in a form that it does not read ([nostalgebraist, 2020]("
                "https://www.lesswrong.com/posts/AcKRB8wDpdaN6v6ru/interpreting-gpt-the-logit-lens"
                "))."
            ),
            pick=word_picked,
        ),
        Figure(
            name="layers-moves",
            caption="How far each part of each layer moves each word: pick a word",
            code=("seq_models.moves.Move", "seq_models.transformer.TransformerBlock.joined"),
            pick=word_picked,
            column=1,
        ),
        Figure(
            name="layers-shares",
            caption="The decoder: how much comes from the source, how much from the words before",
            code=(
                "seq_models.contributions.decoder_contributions",
                "seq_models.contributions.shares",
            ),
            limits=(
                "These are shares of the decoder's last vectors; what it writes may rest on some "
                "of their numbers more than on others."
            ),
            column=2,
        ),
        Figure(
            name="layers-sources",
            caption="From which words each vector of the last layer comes: pick a word",
            code=("seq_models.contributions.shares", *CONTRIBUTIONS),
            limits=(
                "A share is how near a part comes to the whole after the norm, layer by layer; the "
                "feed-forward parts are taken to mix no words "
                "([Ferrando et al., 2022](https://arxiv.org/abs/2205.11631))."
            ),
            pick=word_picked,
        ),
        Figure(
            name="layers-word",
            caption="One word on its way: what stays, what is added, their sum, after the norm",
            code=("seq_models.moves.move",),
            limits=(
                "A norm gives every vector nearly one length again: a part that adds a long vector "
                "makes all that was there before count less."
            ),
        ),
    ),
)
