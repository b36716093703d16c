import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../ui/error-state.tsx';

const Crashed = ({ onRetry }: { readonly onRetry: () => void }) => {
  const { t } = useTranslation();
  return <ErrorState title={t('navigation.crashTitle')} text={t('navigation.crashText')} onRetry={onRetry} />;
};

/** Keeps a view that stopped working from taking the others along. Change `key` to begin anew elsewhere. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? <Crashed onRetry={() => this.setState({ failed: false })} /> : this.props.children;
  }
}
