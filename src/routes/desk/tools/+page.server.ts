export const actions: Actions = {
  address: formAction(
    (tx, actor) => renewDeskAddress(tx, actor),
    () => '/desk/tools#mail',
  ),
};
