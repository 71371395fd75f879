import { GlobalOutlined, MoonOutlined, SunOutlined } from '@ant-design/icons';
import { Button, Dropdown, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { languageNames, languages } from '../i18n';
import { usePreferences } from '../preferences';
import { useScheme } from '../theme/use-scheme';

export function LanguageSwitch() {
  const { t } = useTranslation('shell');
  const { language, set } = usePreferences();
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: languages.map((key) => ({ key, label: languageNames[key] })),
        selectable: true,
        selectedKeys: [language],
        onClick: ({ key }) => set({ language: languages.find((known) => known === key) ?? 'zh-CN' }),
      }}
    >
      <Tooltip title={t('language')}>
        <Button type="text" icon={<GlobalOutlined />} aria-label={t('language')} />
      </Tooltip>
    </Dropdown>
  );
}

const themeChoices = { light: 'themeLight', dark: 'themeDark', system: 'themeSystem' } as const;

export function ThemeSwitch() {
  const { t } = useTranslation('shell');
  const { theme, set } = usePreferences();
  const scheme = useScheme();
  const choices = ['light', 'dark', 'system'] as const;
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: choices.map((key) => ({ key, label: t(themeChoices[key]) })),
        selectable: true,
        selectedKeys: [theme],
        onClick: ({ key }) => set({ theme: choices.find((choice) => choice === key) ?? 'system' }),
      }}
    >
      <Tooltip title={t('theme')}>
        <Button type="text" icon={scheme === 'dark' ? <MoonOutlined /> : <SunOutlined />} aria-label={t('theme')} />
      </Tooltip>
    </Dropdown>
  );
}
