/** What a thread is told. */
export type ToThread<Question> =
  | { readonly type: 'ask'; readonly id: number; readonly question: Question }
  | { readonly type: 'abort' };

/** What a thread tells, about the question with this id. */
export type FromThread<Answer, Note> = { readonly id: number } & (
  | { readonly type: 'answer'; readonly answer: Answer }
  | { readonly type: 'failed'; readonly code: string; readonly message: string }
  | { readonly type: 'note'; readonly note: Note }
);
