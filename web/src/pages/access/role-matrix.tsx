import { CheckOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '../../api';
import { useRoleWords } from '../../lib/use-role-words';
import { useWord } from '../../lib/use-word';
import styles from './access.module.css';
import { fields, permissionGroups } from './matrix';

/** Permissions by rows, roles by columns. Head and first column stay in sight. */
export function RoleMatrix({ roles }: { roles: readonly Role[] }) {
  const { t } = useTranslation('access');
  const { nameOf, aboutOf } = useRoleWords();
  const wordOf = useWord('access');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be in reach of the keyboard.
    <section className={styles.matrixFrame} aria-label={t('matrixCaption')} tabIndex={0}>
      <table className={styles.matrix}>
        <thead>
          <tr>
            <th scope="col">{t('permission')}</th>
            {roles.map(({ key }) => (
              <th key={key} scope="col" title={aboutOf(key)}>
                {nameOf(key)}
              </th>
            ))}
          </tr>
        </thead>
        <Group title={t('groupReach')} roles={roles}>
          <Row head={t('reach')} roles={roles} cell={({ reach }) => t(`reachOf.${reach}`)} />
        </Group>
        {permissionGroups(roles).map(({ key, permissions }) => (
          <Group key={key} title={t(`groups.${key}`)} roles={roles}>
            {permissions.map((permission) => (
              <Row
                key={permission}
                head={wordOf(`can.${permission}`) ?? permission}
                title={permission}
                roles={roles}
                cell={(role) => <Mark granted={role.permissions.some((given) => given === permission)} />}
              />
            ))}
          </Group>
        ))}
        <Group title={t('groupFields')} hint={t('fieldHint')} roles={roles}>
          {fields.map((field) => (
            <Row
              key={field}
              head={wordOf(`field.${field}`) ?? field}
              title={field}
              roles={roles}
              cell={(role) => <Access access={role.fields[field] ?? 'none'} />}
            />
          ))}
        </Group>
      </table>
    </section>
  );
}

interface GroupProps {
  title: string;
  hint?: string;
  roles: readonly Role[];
  children: ReactNode;
}

function Group({ title, hint, roles, children }: GroupProps) {
  return (
    <tbody>
      <tr className={styles.group}>
        <th scope="rowgroup" colSpan={roles.length + 1}>
          <span>
            {title}
            {hint && <span className={styles.groupHint}>{hint}</span>}
          </span>
        </th>
      </tr>
      {children}
    </tbody>
  );
}

interface RowProps {
  head: string;
  /** The name in the API. */
  title?: string;
  roles: readonly Role[];
  cell(role: Role): ReactNode;
}

function Row({ head, title, roles, cell }: RowProps) {
  return (
    <tr>
      <th scope="row" title={title}>
        {head}
      </th>
      {roles.map((role) => (
        <td key={role.key}>{cell(role)}</td>
      ))}
    </tr>
  );
}

/** An icon for the eye, a word for whoever hears the page. */
function Mark({ granted }: { granted: boolean }) {
  const { t } = useTranslation('access');
  return (
    <>
      <span aria-hidden className={granted ? styles.granted : styles.quiet}>
        {granted ? <CheckOutlined /> : '–'}
      </span>
      <span className={styles.heard}>{t(granted ? 'granted' : 'denied')}</span>
    </>
  );
}

function Access({ access }: { access: NonNullable<Role['fields'][(typeof fields)[number]]> }) {
  const { t } = useTranslation('access');
  return <span className={access === 'none' ? styles.quiet : undefined}>{t(`fieldAccess.${access}`)}</span>;
}
