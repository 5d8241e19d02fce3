/* words.js - what the page says, in Dutch and English. */

export const words = {
  nl: {
    map: 'Kaart', mapOf: 'Kaartbeeld', projection: 'Projectie', mercator: 'Web Mercator', language: 'Taal',
    palette: 'Kleuren van de symbolen', default: 'Standaard', print: 'Afdruk', mono: 'Zwart-wit', 'colour-blind': 'Kleurenblind', imagery: 'Luchtfoto',
    symbols: 'Symbolen', legend: 'Legenda', briefing: 'Briefingkaart', play: 'Afspelen', time: 'Tijdstip', live: 'Actueel',
    title: 'Titel', paper: 'Papier', orientation: 'Ligging', landscape: 'Liggend', portrait: 'Staand',
    scale: 'Schaal', format: 'Formaat', make: 'Maken', close: 'Sluiten', cancel: 'Afbreken', download: 'Openen',
    briefingHint: 'Het midden van het kaartbeeld wordt het midden van de briefingkaart.',
    exercise: 'OEFENING', revision: 'revisie', connected: 'volgt wijzigingen', lost: 'verbinding verbroken',
    changed: 'bijgewerkt', accepted: 'In de wachtrij', running: 'Wordt gemaakt', successful: 'Klaar',
    failed: 'Mislukt', dismissed: 'Afgebroken', noMap: 'De kaarten zijn niet op te halen.',
    'layer-failed': 'Kaartlaag ontbreekt', 'label-unplaced': 'Tekst zonder plaats',
    'symbol-fallback': 'Symbool als letters', 'symbol-small': 'Klein getekend', 'symbol-counted': 'Geteld in een getal', 'letters-missing': 'Letters die geen lettertype heeft',
    'beyond-scale': 'Kaartlaag te grof voor deze schaal', 'no-rd-grid': 'RD zonder correctiegrid: tot 0,25 m onnauwkeurig',
    'features-left-out': 'Niet alles van een plot is getekend', 'did-not-fit': 'Past niet op de pagina',
  },
  en: {
    map: 'Map', mapOf: 'Map view', projection: 'Projection', mercator: 'Web Mercator', language: 'Language',
    palette: 'Colours of the symbols', default: 'Standard', print: 'Print', mono: 'Black and white', 'colour-blind': 'Colour-blind', imagery: 'Aerial',
    symbols: 'Symbols', legend: 'Legend', briefing: 'Briefing map', play: 'Play', time: 'Moment', live: 'Live',
    title: 'Title', paper: 'Paper', orientation: 'Orientation', landscape: 'Landscape', portrait: 'Portrait',
    scale: 'Scale', format: 'Format', make: 'Make', close: 'Close', cancel: 'Cancel', download: 'Open',
    briefingHint: 'The centre of the map view becomes the centre of the briefing map.',
    exercise: 'EXERCISE', revision: 'revision', connected: 'follows changes', lost: 'connection lost',
    changed: 'updated', accepted: 'Queued', running: 'In the making', successful: 'Ready',
    failed: 'Failed', dismissed: 'Cancelled', noMap: 'The maps cannot be fetched.',
    'layer-failed': 'Layer missing', 'label-unplaced': 'Label without place',
    'symbol-fallback': 'Symbol as letters', 'symbol-small': 'Drawn small', 'symbol-counted': 'Counted in a number', 'letters-missing': 'Letters that no font has',
    'beyond-scale': 'Layer too coarse for this scale', 'no-rd-grid': 'RD without correction grid: up to 0.25 m off',
    'features-left-out': 'Not all of a plot is drawn', 'did-not-fit': 'Did not fit on the page',
  },
};
