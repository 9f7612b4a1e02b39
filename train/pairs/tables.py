"""The tables that `frames` fills its frames from: French TAB English, an entry a line."""

MEN = """
Adam Ahmed Amir André Antoine Arthur Axel Baptiste Benoît Bilal Carlos Clément Daniel David Diego
Elias Émile Enzo Éric Félix Gabriel Georges Hamid Henri Hugo Ibrahim Ismaël Ivan Jean Jérôme Joseph
Jules Karim Kofi Léo Louis Luc Lucas Malik Marc Martin Mathis Max Mehdi Michel Mohamed Moussa Nabil
Nathan Nicolas Noah Noé Olivier Omar Oscar Paul Pedro Pierre Quentin Rachid Raphaël Rayan Rémi Robin
Samir Samuel Simon Sofiane Sven Tariq Théo Thomas Tom Valentin Victor Viktor Wassim Yann Yanis
Younès Youssef
"""
WOMEN = """
Adèle Aïcha Alice Amina Anaïs Ana Anna Awa Caroline Chloé Claire Clara Dina Elena Élise Emma Eva
Fanny Fatima Fatou Florence Hana Hélène Inès Iris Isabelle Jade Jeanne Julie Kenza Laila Laura Léa
Leïla Lina Lola Louise Lucie Manon Margot Maria Marie Marion Maya Mélanie Mia Nadia Naomi Nina
Noémie Nora Paula Pauline Rosa Salma Sara Sarah Sofia Sophie Stella Yasmine Zoé
"""
EITHER = """
Alex Camille Yuki
"""
SURNAMES = """
Arnaud Aubert Barbier Benali Berger Bernard Blanc Bonnet Boucher Boyer Brun Caron Carpentier
Chevalier Colin Deschamps Diallo Dubois Dufour Dumas Dumont Dupont Dupuis Durand Duval Faure Fleury
Fontaine Fournier Gaillard Garcia Garnier Gauthier Girard Giraud Guérin Haddad Huet Jacquet Joly
Klein Lacroix Lambert Laurent Leclerc Lefèvre Legrand Lemaire Lemoine Leroux Leroy Lopez Marchand
Martinez Masson Mercier Meunier Meyer Moreau Morin Moulin Muller Nguyen Perrin Petit Picard Poirier
Renard Renaud Rivière Roche Roux Roy Royer Rousseau Sanchez Schmitt Touré Traoré Vidal
"""
CITIES = """
Abidjan Albi Amiens Amsterdam Angers Annecy Arles Avignon Bamako Bayonne Berlin Besançon Béziers
Biarritz Bordeaux Boston Bourges Brest Budapest Caen Calais Cannes Casablanca Chambéry Charleroi
Chicago Colmar Conakry Dakar Dijon Dublin Fribourg Grenoble Istanbul Kinshasa Kyoto Lausanne
Libreville Liège Lille Limoges Lorient Lourdes Madrid Marseille Metz Milan Mons Montpellier Mulhouse
Munich Nairobi Namur Nancy Nantes Naples Neuchâtel Nîmes Oran Orléans Osaka Oslo Paris Pau Perpignan
Poitiers Quimper Rabat Reims Rennes Rome Rotterdam Rouen Stockholm Strasbourg Sydney Tokyo Toronto
Toulon Toulouse Tours Troyes Tunis Turin Valence Vancouver Vannes Versailles Zurich
"""
SYLLABLES = """
ba bel chi da dor el fa gan go ha i ja ka ki la len lo ma mi mo na no o ra ri sa sha so ta ti to u
va vi wen ya yo za zi
"""
FRAMES = """
Bonjour	Hello
Bonjour !	Hello!
Bonsoir	Good evening
Bonsoir !	Good evening!
Salut !	Hi!
Bonjour tout le monde !	Hello everyone!
Bonjour à tous	Hello everyone
Merci !	Thank you!
De rien !	You're welcome!
De rien, {name}	You're welcome, {name}
Pardon, {name}.	Sorry, {name}.
S'il te plaît, {name} !	Please, {name}!
Bonne journée, {name} !	Have a nice day, {name}!
Bon appétit, {name} !	Enjoy your meal, {name}!
Bon anniversaire, {name} !	Happy birthday, {name}!
Joyeux Noël, {name} !	Merry Christmas, {name}!
Bonne année, {name} !	Happy New Year, {name}!
Enchanté, je suis {name}.	Nice to meet you, I'm {name}.
À demain, {name} !	See you tomorrow, {name}!
Et toi, {name} ?	And you, {name}?
Je suis {name}, et toi ?	I'm {name}, and you?
Le chat de {name}	{name}'s cat
le frère de {name}	{name}'s brother
la sœur de {name}	{name}'s sister
les parents de {name}	{name}'s parents
chez {name}	at {name}'s house
avec {name} et {name2}	with {name} and {name2}
pour {name}	for {name}
{own}	{own}
avec {own}	with {own}
Où est {own} ?	Where is {own}?
J'ai perdu {own}.	I lost {own}.
C'est {own}.	It's {own}.
{sized}	{sized}
J'ai {sized}.	I have {sized}.
C'est {sized}.	It's {sized}.
Mon numéro est le {phone}.	My number is {phone}.
Appelle-moi au {phone}.	Call me at {phone}.
{phone}	{phone}
Le code est {phone}.	The code is {phone}.
Bonjour, {dear}.	Hello, {dear}.
Bonjour, {dear} !	Hello, {dear}!
Bonsoir, {dear}.	Good evening, {dear}.
Bonne nuit, {dear} !	Good night, {dear}!
Au revoir, {dear} !	Goodbye, {dear}!
À demain, {dear} !	See you tomorrow, {dear}!
Merci, {dear}.	Thank you, {dear}.
Merci beaucoup, {dear}.	Thank you very much, {dear}.
Excusez-moi, {dear}.	Excuse me, {dear}.
Pardon, {dear}.	Sorry, {dear}.
Oui, {dear}.	Yes, {dear}.
Non, {dear}.	No, {dear}.
Bon anniversaire, {dear} !	Happy birthday, {dear}!
Joyeux Noël, {dear} !	Merry Christmas, {dear}!
Monsieur {surname} est notre voisin.	Mr. {surname} is our neighbor.
M. {surname} est malade aujourd'hui.	Mr. {surname} is sick today.
Madame {surname} habite ici.	Mrs. {surname} lives here.
Mme {surname} n'est pas là.	Mrs. {surname} is not here.
Bonjour, monsieur {surname}.	Hello, Mr. {surname}.
Bonjour, madame {surname} !	Hello, Mrs. {surname}!
Merci, madame {surname}.	Thank you, Mrs. {surname}.
Je connais monsieur et madame {surname}.	I know Mr. and Mrs. {surname}.
le chien de madame {surname}	Mrs. {surname}'s dog
la voiture de monsieur {surname}	Mr. {surname}'s car
Il s'appelle {he} {surname}.	His name is {he} {surname}.
Elle s'appelle {she} {surname}.	Her name is {she} {surname}.
J'habite au {age}, rue {he} {surname}.	I live at {age}, rue {he} {surname}.
{name} habite rue {he} {surname}.	{name} lives on rue {he} {surname}.
J'habite à {city}.	I live in {city}.
{name} habite à {city}.	{name} lives in {city}.
Je suis né à {city}.	I was born in {city}.
Elle est née à {city}.	She was born in {city}.
Nous allons à {city}.	We are going to {city}.
Ils sont allés à {city} en train.	They went to {city} by train.
Le train pour {city} part à {time}.	The train to {city} leaves at {time}.
Combien coûte un billet pour {city} ?	How much is a ticket to {city}?
un billet pour {city}	a ticket to {city}
Je viens de {city}.	I come from {city}.
{name} vient de {city}.	{name} comes from {city}.
Il pleut à {city}.	It's raining in {city}.
Il fait froid à {city}.	It's cold in {city}.
hier à {city}	yesterday in {city}
demain à {city}	tomorrow in {city}
près de {city}	near {city}
de {city} à {city2}	from {city} to {city2}
Connaissez-vous {city} ?	Do you know {city}?
J'aimerais visiter {city}.	I would like to visit {city}.
Bonjour {name}	Hello {name}
Bonjour {name} !	Hello {name}!
Bonjour, {name}.	Hello, {name}.
Salut {name}	Hi {name}
Salut {name} !	Hi {name}!
Bonsoir {name}	Good evening {name}
Bonne nuit {name}	Good night {name}
Au revoir {name}	Goodbye {name}
À bientôt {name} !	See you soon {name}!
Merci {name}	Thank you {name}
Merci beaucoup, {name}.	Thank you very much, {name}.
Bonjour, je m'appelle {name}.	Hello, my name is {name}.
Je m'appelle {name}.	My name is {name}.
je m'appelle {name}	my name is {name}
Je m'appelle {name} et j'ai {age} ans.	My name is {name} and I am {age} years old.
Bonjour {name}, comment vas-tu ?	Hello {name}, how are you?
Bonjour {name}, comment ça va ?	Hello {name}, how are you?
Salut {name}, ça va ?	Hi {name}, how are you?
Bonjour, comment allez-vous ?	Hello, how are you?
Mon ami s'appelle {name}.	My friend's name is {name}.
C'est {name}.	It's {name}.
Où est {name} ?	Where is {name}?
Où habite {name} ?	Where does {name} live?
{he} est mon ami.	{he} is my friend.
{she} est mon amie.	{she} is my friend.
{name} a {age} ans.	{name} is {age} years old.
{name} n'est pas là.	{name} is not here.
{name} et {name2} sont amis.	{name} and {name2} are friends.
{name} aime {name2}.	{name} loves {name2}.
Je connais {name} et {name2}.	I know {name} and {name2}.
La mère de {name} est malade.	{name}'s mother is sick.
Le livre est à {name}.	The book is {name}'s.
M. {he} est notre professeur.	Mr. {he} is our teacher.
Madame {she} habite ici.	Mrs. {she} lives here.
Viens ici, {name} !	Come here, {name}!
à {time}	at {time}
À {time}.	At {time}.
Il est {time}.	It is {time}.
Il est déjà {time}.	It's already {time}.
Je me lève à {time}.	I get up at {time}.
Le train part à {time}.	The train leaves at {time}.
Le train arrive à {time}.	The train arrives at {time}.
Le film commence à {time}.	The movie starts at {time}.
L'école commence à {time}.	School starts at {time}.
Le magasin ouvre à {time}.	The store opens at {time}.
Le magasin ferme à {time}.	The store closes at {time}.
Rendez-vous à {time}.	Let's meet at {time}.
On se voit à {time} ?	See you at {time}?
Je t'attends à {time} devant la gare.	I'll wait for you at {time} in front of the station.
Nous mangeons à {time}.	We eat at {time}.
De {time} à {time2}.	From {time} to {time2}.
à {spoken}	at {spoken}
{spoken}	{spoken}
Il est {spoken}.	It is {spoken}.
Il est presque {spoken}.	It's almost {spoken}.
Le train part à {spoken}.	The train leaves at {spoken}.
Le bus arrive à {spoken}.	The bus arrives at {spoken}.
Le film commence à {spoken}.	The movie starts at {spoken}.
Le musée ferme à {spoken}.	The museum closes at {spoken}.
Elle se lève à {spoken}.	She gets up at {spoken}.
On se voit à {spoken} ?	See you at {spoken}?
{name} rentre à {spoken}.	{name} comes home at {spoken}.
entre {spoken} et {spoken2}	between {spoken} and {spoken2}
{amount}	{amount}
{amount} plus {amount2}	{amount} plus {amount2}
Elle a {amount} ans.	She is {amount} years old.
{name} a {amount} ans et demi.	{name} is {amount} and a half years old.
Il y a {amount} chaises.	There are {amount} chairs.
Nous sommes {amount}.	There are {amount} of us.
Ils sont {amount} dans l'équipe.	There are {amount} of them on the team.
dans {amount} minutes	in {amount} minutes
Il faut {amount} minutes.	It takes {amount} minutes.
Ça coûte {amount} euros.	It costs {amount} euros.
{name} habite au numéro {age}.	{name} lives at number {age}.
Ouvrez vos livres à la page {age}.	Open your books to page {age}.
le {date}	on {date}
Je suis né le {date}.	I was born on {date}.
Je suis née le {date}.	I was born on {date}.
{he} est né le {date}.	{he} was born on {date}.
{she} est née le {date}.	{she} was born on {date}.
Nous sommes le {date}.	Today is {date}.
La fête est le {date}.	The party is on {date}.
Il est mort le {date}.	He died on {date}.
La lettre est du {date}.	The letter is dated {date}.
en {year}	in {year}
Elle est née en {year}.	She was born in {year}.
Il est mort en {year}.	He died in {year}.
La guerre a fini en {year}.	The war ended in {year}.
Cette maison date de {year}.	This house dates from {year}.
Il a {number} euros.	He has {number} euros.
J'ai {number} euros.	I have {number} euros.
Ça coûte {number} euros.	It costs {number} euros.
Cette voiture coûte {number} euros.	This car costs {number} euros.
Il gagne {number} euros par mois.	He earns {number} euros a month.
{number} personnes habitent ici.	{number} people live here.
La ville a {number} habitants.	The city has {number} inhabitants.
Il y a {number} élèves dans cette école.	There are {number} students in this school.
Ce livre a {number} pages.	This book has {number} pages.
La montagne mesure {number} mètres.	The mountain is {number} meters high.
C'est à {number} kilomètres d'ici.	It is {number} kilometers from here.
Mon numéro est le {number}.	My number is {number}.
J'ai payé {price} euros.	I paid {price} euros.
Le pain coûte {price} euros.	The bread costs {price} euros.
{price} kilos	{price} kilos
{percent} %	{percent}%
{percent} % des élèves sont absents.	{percent}% of the students are absent.
J'ai {age} ans.	I am {age} years old.
Elle a {age} ans aujourd'hui.	She is {age} years old today.
{age} + {age2} = {sum}	{age} + {age2} = {sum}
où est {place}	where is {place}
Où est {place} ?	Where is {place}?
Excusez-moi, où est {place} ?	Excuse me, where is {place}?
Je cherche {place}.	I'm looking for {place}.
C'est {place}.	It's {place}.
derrière {place}	behind {place}
devant {place}	in front of {place}
{thing}	{thing}
{thing}, s'il vous plaît	{thing}, please
Je voudrais {thing}.	I would like {thing}.
C'est {thing}.	It's {thing}.
Il y a {thing} ici.	There is {thing} here.
J'ai vu {thing}.	I saw {thing}.
{name} a {thing}.	{name} has {thing}.
"""
PLACES = """
la gare	the station
la boulangerie	the bakery
la pharmacie	the pharmacy
la poste	the post office
la banque	the bank
la plage	the beach
la piscine	the swimming pool
la mairie	the town hall
la bibliothèque	the library
la cuisine	the kitchen
la sortie	the exit
le marché	the market
le musée	the museum
le parc	the park
le supermarché	the supermarket
le restaurant	the restaurant
l'école	the school
l'église	the church
l'hôpital	the hospital
l'hôtel	the hotel
"""
DEAR = """
monsieur	sir
madame	ma'am
mademoiselle	miss
docteur	doctor
maman	Mom
papa	Dad
mamie	Grandma
papi	Grandpa
mon ami	my friend
mon amie	my friend
mes amis	my friends
les amis	friends
les enfants	children
ma chérie	my darling
mon chéri	my darling
mon cœur	sweetheart
"""
TAILS = """
ce matin	this morning
ce soir	this evening
aujourd'hui	today
cette semaine	this week
le matin	in the morning
le soir	in the evening
le samedi	on Saturdays
le dimanche	on Sundays
pendant les vacances	during the vacation
avant le dîner	before dinner
après l'école	after school
à la maison	at home
à l'école	at school
dans le jardin	in the garden
dans la cuisine	in the kitchen
dans la cour	in the yard
devant la gare	in front of the station
à {city}	in {city}
près de {city}	near {city}
avec {name}	with {name}
avec {name} et {name2}	with {name} and {name2}
avec mes amis	with my friends
sans {name}	without {name}
pour {name}	for {name}
pour l'anniversaire de {name}	for {name}'s birthday
pour la fête	for the party
comme d'habitude	as usual
, {dear}	, {dear}
, {name}	, {name}
, s'il te plaît	, please
, s'il vous plaît	, please
, parce qu'il pleut	, because it's raining
, parce que j'ai faim	, because I'm hungry
, mais j'ai froid	, but I'm cold
, mais je n'ai pas le temps	, but I don't have time
et j'ai peur	and I'm scared
et je suis fatigué	and I'm tired
"""
"""What may stand at the end of a sentence besides: of what nothing needs to be known."""
THINGS = """
un chat	a cat
un chien	a dog
un livre	a book
un vélo	a bicycle
un camion	a truck
un sac	a bag
un stylo	a pen
un oiseau	a bird
un chapeau	a hat
un pantalon	a pair of pants
un jardin	a garden
un bateau	a boat
une maison	a house
une voiture	a car
une pomme	an apple
une fleur	a flower
une chaise	a chair
une porte	a door
une robe	a dress
une montre	a watch
une chemise	a shirt
une lampe	a lamp
une souris	a mouse
une table	a table
"""
COLOURS = """
rouge	rouge	red
noir	noire	black
blanc	blanche	white
vert	verte	green
bleu	bleue	blue
jaune	jaune	yellow
gris	grise	gray
violet	violette	purple
rose	rose	pink
cassé	cassée	broken
cher	chère	expensive
propre	propre	clean
"""
SIZES = """
petit	petite	small
grand	grande	big
vieux	vieille	old
beau	belle	beautiful
joli	jolie	pretty
nouveau	nouvelle	new
"""
MINUTES = """
et quart	a quarter past
et {half}	half past
moins le quart	a quarter to
cinq	five past
dix	ten past
vingt	twenty past
moins cinq	five to
moins dix	ten to
moins vingt	twenty to
"""
MONTHS = """
janvier	January
février	February
mars	March
avril	April
mai	May
juin	June
juillet	July
août	August
septembre	September
octobre	October
novembre	November
décembre	December
"""
