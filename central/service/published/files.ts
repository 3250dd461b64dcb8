/** Grants, invitations and ends of agreements are files: looked at again this often. */
export const filesMilliseconds = 60_000;
