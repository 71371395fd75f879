export const corpTags = {
  title: '标签',
};
