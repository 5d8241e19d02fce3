/*
 * language.js - in which language a page speaks: that of the address, else the first of the browser's that the
 * page knows, else Dutch.
 */

/** In the order of the switch; each named in itself. */
export const languages = { nl: 'Nederlands', en: 'English', de: 'Deutsch', fr: 'Français' };

const locales = { nl: 'nl-NL', en: 'en-GB', de: 'de-DE', fr: 'fr-FR' }; // of dates and numbers

export const localeOf = (language) => locales[language];

/** asked: of the address, or null; wanted: as navigator.languages has them, such as "fr-BE". */
export function firstLanguage(asked, wanted = navigator.languages) {
  const codes = [asked ?? '', ...wanted].map((code) => code.toLowerCase().split('-')[0]);
  return codes.find((code) => Object.hasOwn(languages, code)) ?? 'nl';
}

/** Fills the switch with the languages; a screen reader names each in itself. */
export function fillSwitch(fieldset, chosen) {
  fieldset.replaceChildren(...Object.entries(languages).map(([code, name]) => {
    const input = Object.assign(document.createElement('input'),
      { type: 'radio', name: 'language', value: code, checked: code === chosen, ariaLabel: name });
    const label = Object.assign(document.createElement('label'), { lang: code, title: name });
    label.append(input, Object.assign(document.createElement('span'), { textContent: code.toUpperCase() }));
    return label;
  }));
}
