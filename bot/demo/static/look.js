// How Web Chat and its cards look: the colours are those of chat.css, light and dark.
const FONT = "var(--font)";
const AN_HOUR = 3600000;

const common = {
  accent: "var(--accent)",
  subtle: "var(--subtle)",
  backgroundColor: "var(--back)",
  primaryFont: FONT,
  avatarSize: 32,
  botAvatarBackgroundColor: "#5b5fc7",
  avatarBorderRadius: "50%",
  bubbleBackground: "var(--surface)",
  bubbleTextColor: "var(--text)",
  bubbleBorderColor: "var(--line)",
  bubbleBorderRadius: 6,
  bubbleFromUserBackground: "var(--own)",
  bubbleFromUserTextColor: "var(--text)",
  bubbleFromUserBorderColor: "transparent",
  bubbleFromUserBorderRadius: 6,
  bubbleMaxWidth: 860,
  bubbleMinWidth: 0,
  cardEmphasisBackgroundColor: "var(--raised)",
  cardPushButtonBackgroundColor: "var(--accent)",
  cardPushButtonTextColor: "var(--on-accent)",
  autoScrollSnapOnPage: true,
  autoScrollSnapOnPageOffset: -100,
  hideUploadButton: true,
  paddingRegular: 12,
  paddingWide: 16,
  sendBoxBackground: "var(--surface)",
  sendBoxTextColor: "var(--text)",
  sendBoxPlaceholderColor: "var(--subtle)",
  sendBoxButtonColor: "var(--accent-text)",
  sendBoxBorderTop: "1px solid var(--line)",
  sendBoxHeight: 48,
  timestampColor: "var(--subtle)",
  suggestedActionBackgroundColor: "var(--surface)",
  suggestedActionBorderColor: "var(--line)",
  suggestedActionTextColor: "var(--accent-text)",
  suggestedActionBorderRadius: 4,
  newMessagesButtonBackgroundColor: "var(--accent)",
  newMessagesButtonTextColor: "var(--on-accent)",
};

// On a phone the cards need the room of the picture beside them. Where hours pass in a second,
// each message has a time of its own.
export function styles(isNarrow, hasOwnTime) {
  const timed = hasOwnTime ? { ...common, groupTimestamp: AN_HOUR } : common;
  return isNarrow ? { ...timed, paddingRegular: 8 } : { ...timed, botAvatarInitials: "T" };
}

const colour = name => ({ default: `var(--${name})`, subtle: `var(--${name})` });
const foregroundColors = {
  default: { default: "var(--text)", subtle: "var(--subtle)" },
  light: colour("subtle"),
  dark: colour("text"),
  accent: colour("accent-text"),
  good: colour("good"),
  warning: colour("warning"),
  attention: colour("attention"),
};
const surface = name => ({ backgroundColor: `var(--${name})`, foregroundColors });

export const hostConfig = {
  supportsInteractivity: true,
  fontFamily: FONT,
  fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 400, default: 400, bolder: 600 },
  lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
  spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 12 },
  separator: { lineThickness: 1, lineColor: "var(--line)" },
  imageSizes: { small: 40, medium: 80, large: 160 },
  containerStyles: {
    default: surface("surface"),
    emphasis: surface("raised"),
    accent: surface("accent-back"),
    good: surface("good-back"),
    warning: surface("warning-back"),
    attention: surface("attention-back"),
  },
  actions: {
    actionAlignment: "left",
    actionsOrientation: "horizontal",
    buttonSpacing: 8,
    maxActions: 6,
    spacing: "default",
    showCard: { actionMode: "inline", inlineTopMargin: 8 },
  },
  adaptiveCard: { allowCustomStyle: true },
  factSet: {
    title: { weight: "bolder", wrap: true, maxWidth: 150 },
    value: { wrap: true },
    spacing: 12,
  },
  textBlock: { headingLevel: 2 },
  textStyles: { heading: { size: "large", weight: "bolder" }, columnHeader: { weight: "bolder" } },
};

export function texts(isChannel) {
  const own = {
    ACTIVITY_BOT_SAID_ALT: isChannel ? "Besked i kanalen:" : "Tovholder sagde:",
    ACTIVITY_BOT_ATTACHED_ALT: "Tovholder viste:",
    ACTIVITY_INTERACTIVE_FOOTNOTE_ALT: "Tryk Enter for at bruge kortet.",
    ACTIVITY_INTERACTIVE_REASON_INTERACTIVE_CONTENT_ALT: "Kortet har knapper.",
    ACTIVITY_NUM_ATTACHMENTS_ONE_ALT: "1 kort.",
    ACTIVITY_STATUS_SEND_STATUS_ALT_SENT_AT: "Sendt.",
    ADAPTIVE_CARD_ERROR_BOX_TITLE_PARSE: "Kortet kan ikke læses",
    ADAPTIVE_CARD_ERROR_BOX_TITLE_RENDER: "Kortet kan ikke vises",
    CONNECTIVITY_STATUS_ALT_RENDER_ERROR: "Noget på siden kan ikke vises. Genindlæs den.",
    TEXT_INPUT_ALT: "Din besked",
    TEXT_INPUT_PLACEHOLDER: isChannel ? "Skriv @Tovholder og dit spørgsmål" : "Spørg om porteføljen",
    SEND_BOX_IS_EMPTY_TOOLTIP_ALT: "Skriv noget først.",
  };
  return strings => ({ ...strings, ...own });
}
