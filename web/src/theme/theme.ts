import { theme as antd, type ThemeConfig } from 'antd';
import { palettes, type Scheme } from './palette';

const chinese = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC"';

/** Chinese fonts first; in English after the others, as in them an apostrophe is as wide as a sign. */
const fontsOf = (language: string): string =>
  language === 'en'
    ? `-apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, ${chinese}, sans-serif`
    : `-apple-system, ${chinese}, "Segoe UI", sans-serif`;

/** antd in our colours, 14/22 type, rows of 40 px, and motion that only shows where something went. */
export function themeOf(scheme: Scheme, calm: boolean, language: string): ThemeConfig {
  const palette = palettes[scheme];
  return {
    algorithm: scheme === 'dark' ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      colorPrimary: palette.primary,
      // antd's own hover is lighter, and then too pale for text on white.
      ...(scheme === 'light' ? { colorPrimaryHover: '#125bb3', colorLinkHover: '#125bb3' } : {}),
      colorLink: palette.primary,
      colorInfo: palette.primary,
      colorError: palette.lost,
      colorWarning: palette.person,
      colorSuccess: palette.proved,
      colorBgLayout: palette.page,
      colorBgContainer: palette.surface,
      colorBgElevated: scheme === 'dark' ? '#1f252f' : palette.surface,
      colorText: palette.text,
      colorTextSecondary: palette.quiet,
      colorTextTertiary: palette.quiet,
      colorTextDescription: palette.quiet,
      colorTextPlaceholder: scheme === 'dark' ? '#7d8998' : '#66717f',
      colorBorderSecondary: palette.line,
      fontFamily: fontsOf(language),
      fontSize: 14,
      borderRadius: 6,
      // A button that is at work says so by its wheel; paler, its words could not be read.
      opacityLoading: 1,
      motion: !calm,
      motionDurationFast: '0.1s',
      motionDurationMid: '0.15s',
      motionDurationSlow: '0.2s',
    },
    components: {
      Table: {
        cellPaddingBlockSM: 8,
        cellPaddingInlineSM: 12,
        headerBg: palette.surface,
        headerBorderRadius: 0,
        headerSplitColor: 'transparent',
        rowSelectedBg: scheme === 'dark' ? '#1d2734' : '#ecf3fa',
        rowSelectedHoverBg: scheme === 'dark' ? '#202c3c' : '#e3edf8',
      },
      // White on the light blue of the dark theme is too faint to read.
      Button: scheme === 'dark' ? { primaryColor: palette.page } : {},
      Drawer: { padding: 20, paddingLG: 20 },
    },
  };
}
