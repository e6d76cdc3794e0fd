"""What an editor reads beside each key of each file. A test keeps the list whole.

Apart from the models, so that those who write French change no code. Same words in LISEZMOI.md.
"""

from collections.abc import Mapping
from types import MappingProxyType

FILES: Mapping[str, str] = MappingProxyType(
    {
        "fiches": "Un thème et ses fiches",
        "numeros": "Les numéros de téléphone vérifiés",
        "domaines": "Les sites officiels",
        "urgences": "Les messages de danger et leurs mots",
        "accueil": "Les petits mots : bonjour, merci, ok",
        "service": "Votre organisation",
        "synonymes": "Les mots qui veulent dire la même chose",
        "essais": "Des messages d’essai, avec ce qui doit arriver",
    }
)

_CHECKED = "Date de la SOURCE (année-mois-jour). Jamais le jour où vous écrivez."
_RANGES = 'Horaires, par exemple ["09:00-12:00", "14:00-17:00"]. [] = fermé.'
_NAMES = "Une fiche, ou plusieurs : [mdp_caf, mdp_ameli]."

_ENTRY = {
    "id": "Nom de la fiche pour le robot. Minuscules sans accent. Ne le changez plus ensuite.",
    "titre": "Titre court, sur les boutons. 30 caractères au plus.",
    "question": "La question, bien écrite.",
    "formulations": "Les façons de demander, avec les fautes. Huit au moins.",
    "mots_cles": "Les mots importants.",
    "reponse": "La réponse : cinq lignes, douze mots par phrase. Pas de montant.",
    "etapes": "Ce qu’il faut faire : cinq étapes au plus, douze mots chacune.",
    "liens": "Deux boutons au plus, vers des sites de domaines.yml.",
    "telephone": "La clé d’un numéro de numeros.yml, jamais le numéro.",
    "source": "D’où vient l’information.",
    "source_lien": "L’adresse de la source.",
    "verifie_le": _CHECKED,
    "a_revoir_avant": "Six mois au plus après verifie_le. Ensuite, la réponse est cachée.",
    "auteur": "Votre prénom.",
    "sensible": "argent, sante, etranger, ou non. Le robot est alors plus prudent.",
    "toujours_humain": "oui : une personne de l’équipe suit toujours la réponse.",
    "tests": "Des phrases d’essai, jouées à chaque vérification.",
    "traductions": "La réponse dans une autre langue, relue par quelqu’un.",
    "audio": "La réponse dite par un travailleur social. Le robot écrit cette partie.",
    "a_completer": "oui : la fiche vient de Telegram. Il manque des formulations.",
    "actif": "non : la fiche reste dans le fichier, mais le robot l’ignore.",
}

_DANGER = {
    "id": "Nom de la situation pour le robot. Ne le changez pas.",
    "titre": "Ce que l’équipe lit dans l’alerte.",
    "niveau": "urgent, prioritaire ou doute.",
    "message": "Cinq lignes au plus. Un numéro dans les deux premières : {n112}.",
    "declencheurs": "Les mots qui font parler le robot.",
    "sauf": "Des phrases sans danger.",
    "si_nie": "La situation à prendre quand la personne dit « non, je ne… ».",
}

DESCRIPTIONS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "Theme": {
            "theme": "Nom du thème pour le robot. Minuscules sans accent.",
            "titre": "Ce que les gens lisent dans le menu. 30 caractères au plus.",
            "position": "Rang dans le menu : 1 est en haut.",
            "fiches": "Les fiches, dans l’ordre du menu. [] = aucune.",
        },
        "Entry": _ENTRY,
        "PicturedStep": {
            "texte": "L’étape : douze mots au plus.",
            "image": "Nom d’une image du dossier images/, en .png ou .jpg.",
        },
        "Link": {
            "texte": "Le bouton : trois mots au plus.",
            "url": "L’adresse, qui commence par https://.",
        },
        "Trials": {
            "trouve": "Des messages qui doivent trouver cette fiche.",
            "refuse": "Des messages qui ne doivent pas la trouver.",
        },
        "Translation": {
            "reponse": "La réponse dans cette langue.",
            "etapes": "Les étapes dans cette langue.",
            "relu_par": "Prénom de la personne qui a relu, et qui parle cette langue.",
            "relu_le": "Date de la relecture (année-mois-jour).",
        },
        "Voice": {
            "fichier": "Référence de Telegram. Le robot l’écrit.",
            "duree": "Durée en secondes, 120 au plus.",
            "auteur": "Prénom de la personne qui parle.",
        },
        "NumbersFile": {},
        "PhoneNumber": {
            "numero": 'Le numéro, entre guillemets, avec ses espaces : "32 30".',
            "nom": "Qui répond.",
            "horaires": "Quand quelqu’un répond.",
            "note": "Prix, langue, autre précision.",
            "source": "D’où vient le numéro.",
            "source_lien": "L’adresse de la source.",
            "verifie_le": _CHECKED,
            "danger": "oui : le numéro peut servir dans urgences.yml.",
        },
        "DomainsFile": {"domaines": "Les sites officiels. Leurs sous-domaines comptent aussi."},
        "OfficialDomain": {
            "domaine": "Le domaine seul, sans https:// : caf.fr.",
            "nom": "À qui est ce site.",
        },
        "DangerFile": {
            "categories": "Les situations de danger. L’ordre compte.",
            "listes": "Des listes de mots, citées <ainsi> dans les expressions.",
            "mots_justes": "Des mots à lire sans correction de fautes.",
        },
        "DangerLines": _DANGER,
        "Triggers": {
            "expressions": "Des mots qui se suivent. mour* = tous les mots en mour.",
            "certaines": "Des expressions que le modèle ne peut pas écarter.",
            "groupes": "Un mot de chaque groupe, à moins de douze mots.",
            "mots": "Un seul mot suffit.",
            "seuls": "Seulement si le message ne dit rien d’autre.",
        },
        "WelcomeFile": {
            "bonjour": "Quand quelqu’un salue.",
            "merci": "Quand quelqu’un remercie ou s’en va.",
            "ok": "Quand quelqu’un a compris.",
        },
        "SmallTalkLines": {
            "mots": "Ce que les gens écrivent. Accents et majuscules ne comptent pas.",
            "reponse": "Ce que le robot répond : cinq lignes, douze mots par phrase.",
        },
        "ServiceFile": {
            "exemple": "oui tant que rien n’est vrai ici, puis non.",
            "organisation": "Qui répond du service.",
            "equipe": "Comment le robot appelle votre équipe.",
            "horaires": "Quand l’équipe répond, les sept jours.",
            "fuseau": "Europe/Paris, sauf outre-mer.",
            "jours_feries": "fermé ou ouvert.",
            "fermetures": "Vos jours de fermeture.",
            "conservation": "Combien de jours les messages sont gardés.",
            "validation": "deux : une autre personne valide chaque brouillon. Sinon : seul.",
            "seuils": "Réglages de la recherche, donnés par « calibrer ».",
        },
        "Organisation": {
            "nom": "Nom de l’organisation.",
            "adresse": "Adresse de l’accueil.",
            "telephone": "Téléphone de l’accueil.",
            "courriel": "Adresse mail.",
            "responsable": "Qui répond des données des personnes.",
            "delegue": "Délégué à la protection des données.",
            "site": "Site de l’organisation.",
        },
        "Team": {
            "nom": "« … vous répondra » : l’équipe de …",
            "garde": "Les noms Telegram que chaque alerte prévient.",
        },
        "Week": dict.fromkeys(
            ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"), _RANGES
        ),
        "ClosureLine": {
            "date": "Un jour de fermeture.",
            "du": "Premier jour.",
            "au": "Dernier jour.",
            "raison": "Pourquoi : congés, formation…",
        },
        "RetentionLines": {
            "echanges_jours": "Questions posées au robot : 1 à 730 jours.",
            "demandes_jours": "Messages d’une demande, après sa fin : 1 à 730 jours.",
        },
        "ThresholdLines": {
            "reponse": "Score pour répondre seul : 0 à 1.",
            "suggestion": "Score pour proposer dans un choix : 0 à 1.",
            "ecart": "Avance sur le second : 0 à 1.",
        },
        "SynonymsFile": {"familles": "Les familles de mots."},
        "Family": {
            "nom": "Le nom de la famille.",
            "mots": "Les autres façons de le dire. Chacune dans une seule famille.",
        },
        "TrialFile": {
            "groupe": "Nom du groupe, le même que le fichier.",
            "titre": "Ce que ces messages ont de commun.",
            "essais": "Les messages.",
        },
        "Trial": {
            "message": "Le message, comme une personne l’écrit.",
            "fiche": f"La fiche à trouver. {_NAMES}",
            "deux": "Les deux fiches à proposer ensemble.",
            "rien": "oui : aucune réponse directe.",
            "danger": "Le danger à voir : son id dans urgences.yml.",
        },
    }
)
